"""The built pages as readers meet them: in a real browser, and before the checkers of HTML and of accessibility."""
