# Hands on its input as its output: what is left is the cost of running any program as a stage.
from=$(sed -n 's/.*"column": *"\([^"]*\)".*/\1/p' "$1")
to=$(sed -n 's/.*"output": *"\([^"]*\)".*/\1/p' "$1")
cat "$from" > "$to"
