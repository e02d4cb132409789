"""Audits: what practice was over a period, of many patients."""
