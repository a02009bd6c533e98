// Command cunju is the one program of a street office and its villages.
package main

func main() {}
