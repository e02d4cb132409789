"""One record, read through a plan on a day: its facts by term, its episodes, the state of every row."""
