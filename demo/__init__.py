"""The demonstration: articles on one story, and the pictures of the site that they make."""
