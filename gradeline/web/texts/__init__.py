"""What is taken along: a note, a referral, a summary for the patient."""
