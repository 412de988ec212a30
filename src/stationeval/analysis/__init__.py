"""How far results can be trusted: rankings under unknown weights, raters, places and years. Float64, seeded."""
