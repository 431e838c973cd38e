# The list of the shell runner, which this program replaces. For each task it starts separate programs for the name, the
# boxes (twice) and the conversation, most of them in a pipe: seven programs per task.
set -euo pipefail
cd "$1"
for directory in .autonomous/*/; do
  name=$(basename "$directory")
  list="${directory}task_list.md"
  if [ ! -f "$list" ]; then
    echo "  ? $name (no task_list.md)"
    continue
  fi
  # grep exits with 1 if it counts none.
  total=$({ grep -c '^- \[' "$list" || true; } | tr -d '\n')
  ticked=$({ grep -c '^- \[x\]' "$list" || true; } | tr -d '\n')
  percent=0
  if [ "$total" -gt 0 ]; then percent=$((ticked * 100 / total)); fi
  session=''
  if [ -f "${directory}session.id" ]; then
    session=" [session: $(cat "${directory}session.id" | head -c 8)...]"
  fi
  if [ "$ticked" -eq "$total" ]; then
    echo "  ✓ $name ($ticked/$total - 100% complete)$session"
  else
    echo "  ○ $name ($ticked/$total - $percent%)$session"
  fi
done
