"""How patient data comes in; nothing here knows a guideline."""
