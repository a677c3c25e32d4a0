"""A local CBS: a server on 127.0.0.1 that answers as CBS does, from a generated sample or from captured answers."""
