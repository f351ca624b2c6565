"""What goes wrong with gossip: who marks a peer before it has heard, names a rumour anew, or asks the same one again and again.

The mistakes with what is new are in `pushing`, those with exchanges in `exchanging`.
"""
