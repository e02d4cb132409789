"""A guideline compiled once: rows, trees and ordered decisions that every evaluator reads."""
