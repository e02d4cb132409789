"""The shapes of the documents of CDS Hooks: as our OpenAPI says them, and as HL7 checks them."""
