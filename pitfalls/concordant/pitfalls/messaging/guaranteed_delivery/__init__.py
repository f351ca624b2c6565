"""What goes wrong with guaranteed delivery: the documents' protocol tracks what it delivers too late, too little, or not at all.

The mistakes of senders are in `sending`, those of receivers in `receiving`.
"""
