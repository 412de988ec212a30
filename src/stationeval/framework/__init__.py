"""What the framework says: reads, checks, completes and amends what an issuer published; computes no score."""
