"""The tables of the store; `migrations/` brings a database to them."""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, MetaData, String, Table, Text, UniqueConstraint

METADATA = MetaData()

SHOWN = Table(
    "shown",
    METADATA,
    Column("card", String(36), primary_key=True),
    Column("shown", Float, nullable=False, index=True),
    Column("service", String(128), nullable=False),
    Column("guideline", String(128), nullable=False),
    Column("version", String(64), nullable=False),
    Column("encoding", String(64), nullable=False),
    Column("recommendation", String(128), nullable=False),
    Column("indicator", String(16), nullable=False),
    Column("patient", String(64), nullable=False),
    Column("repeat", String(64), nullable=False, index=True),
    Column("suggestions", Text, nullable=False),
)
"""One row a card: `patient` is a keyed hash, `repeat` a keyed hash of patient, draft and what the card says."""

FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("card", String(36), nullable=False, index=True),
    Column("service", String(128), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("at", String(40), nullable=False),
    Column("received", Float, nullable=False),
    Column("accepted", Text, nullable=False),
    Column("reason", String(64), nullable=False),
    UniqueConstraint("card", "outcome", "at"),
)
"""One row an outcome; what a clinician wrote in words is not kept, for it may name the patient."""

SEEN = Table("seen", METADATA, Column("token", String(64), primary_key=True), Column("until", Float, nullable=False))
"""Tokens that were used, until they expire: shared by several processes."""

CALLS = Table(
    "calls",
    METADATA,
    Column("client", String(64), primary_key=True),
    Column("minute", Integer, primary_key=True),
    Column("calls", Integer, nullable=False),
)
"""How many calls a client made in a minute: shared by several processes."""
