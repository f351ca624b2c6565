"""A first protocol, or a first rule, of a user's own: small modules that work at once, to be changed into what is wanted."""
