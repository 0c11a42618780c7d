function main() { while (true) { } }
