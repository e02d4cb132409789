"""The parts of a page about a patient: questions, advice item by item, the clock, the roles."""
