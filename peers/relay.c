/* The work of a stage in every peer: reads a column of doubles, adds a number, writes the column.
   relay CALLS INPUT|- OUTPUT ROWS SHIFT; a line in CALLS tells that it ran. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int count, char **words) {
  if (count != 6) { fprintf(stderr, "usage: relay CALLS INPUT|- OUTPUT ROWS SHIFT\n"); return 64; }
  size_t rows = strtoul(words[4], NULL, 10);
  double shift = strtod(words[5], NULL), *values = malloc(rows * sizeof *values);
  FILE *calls = fopen(words[1], "a"), *output = fopen(words[3], "wb");
  if (!values || !calls || !output) { perror(words[3]); return 1; }
  for (size_t i = 0; i < rows; i++) values[i] = (double)i;
  if (strcmp(words[2], "-") != 0) {
    FILE *input = fopen(words[2], "rb");
    if (!input || fread(values, sizeof *values, rows, input) != rows) { perror(words[2]); return 1; }
    fclose(input);
  }
  for (size_t i = 0; i < rows; i++) values[i] += shift;
  fwrite(values, sizeof *values, rows, output);
  fprintf(calls, "%s\n", words[3]);
  return fclose(output) == 0 && fclose(calls) == 0 ? 0 : 1;
}
