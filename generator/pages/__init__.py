"""Planning: which pages there are and what each may show; pure functions of the arranged site."""
