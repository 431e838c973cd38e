# The list of the shell runner that this program replaces: some processes for each task.
cd "$1" || exit 1
for dir in .autonomous/*/; do
  name=$(basename "$dir")
  list="$dir/task_list.md"
  if [ -f "$list" ]; then
    total=$(grep -c '^\- \[' "$list" 2>/dev/null || true)
    done=$(grep -c '^\- \[x\]' "$list" 2>/dev/null || true)
    percent=0
    if [ "$total" -gt 0 ]; then percent=$((done * 100 / total)); fi
    if [ "$done" -eq "$total" ]; then echo "  ✓ $name ($done/$total - COMPLETE)"; else echo "  ○ $name ($done/$total - $percent%)"; fi
  else
    echo "  ? $name (no task list)"
  fi
done
