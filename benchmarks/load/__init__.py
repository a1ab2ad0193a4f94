"""The load goals, in a form that fits two cores: pages at a pace, events in a row, a backlog, a full house."""
