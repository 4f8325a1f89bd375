"""What holds feeds to their specifications: one small function for each rule, which says what breaks it and in which item.

`check.violations` gives what is wrong with one document, `across.disagreements` what differs between a feed's formats.
The number of an item counts from 1, the first of the document; 0 is the feed itself.
"""
