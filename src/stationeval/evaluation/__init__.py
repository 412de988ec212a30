"""What a framework makes of data: scores, ranks, grades, tiers, gates and subsidies, all exact."""
