"""How alembic reaches the database: by the connection that the server gives it."""

from __future__ import annotations

from alembic import context

from gradeline.serve.store.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
