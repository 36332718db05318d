"""« Corbeille »: what was never sent nor used is hidden for thirty days, put back or then removed for good.

A row in the corbeille keeps its table and bears `trashed_at`: the managers leave it out, hence every page.
"""
