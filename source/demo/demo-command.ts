export async function demoCommand() {
  return 0;
}
