//! The link checker against a server that misbehaves on purpose; nothing leaves this computer.

mod cases;
mod server;
mod statuses;
