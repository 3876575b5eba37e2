"""How Alembic runs here: on the connection it is handed, each migration in a transaction of its own."""

from alembic import context

from store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite can, once BEGIN is ours
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
