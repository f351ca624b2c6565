"""What goes wrong with FIFO order: the documents' manager, whose check of what is pending is not written, in its natural readings.

The mistakes with numbers and with the order are in `ordering`, those with what stays away in `gaps`, those over a link in `over_a_link`.
"""
