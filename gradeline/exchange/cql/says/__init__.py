"""What a guideline says, as definitions: criteria, population, warning signs, recommendations, answers."""
