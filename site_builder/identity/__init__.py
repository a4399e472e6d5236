"""Who a badge was awarded to, without saying so: pseudonyms, commitments, claim links (DESIGN 4)."""
