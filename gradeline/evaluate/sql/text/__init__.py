"""The text of the SQL: constant steps, filled with the windows, trees and decisions of a plan."""
