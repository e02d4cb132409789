"""Where a cohort is written: files that appear whole or not at all, made by several processes."""
