# What the list of the shell runner does for each task, which this program replaces: its name, its boxes twice and its
# conversation are each found by programs of their own, most of them through a pipe: seven programs a task.
set -euo pipefail
cd "$1"
for directory in .autonomous/*/; do
  name=$(basename "$directory")
  list="${directory}task_list.md"
  if [ ! -f "$list" ]; then
    echo "  ? $name (no task_list.md)"
    continue
  fi
  # grep ends with 1 where it counts none.
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
