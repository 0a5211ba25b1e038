"""What is typed on the pool's pages. A form knows types and shapes; the rules decide."""
