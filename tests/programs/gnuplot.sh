# gnuplot's lua terminal: draws a plot as a TikZ picture by its own Lua program; the result is that of the system's library.
# versions: 5.4
cd "$SCRATCH"
cat > plot.gp <<'GP'
set terminal lua tikz size 8cm,6cm
set output FILE
set title 'Lua draws'
plot sin(x) with lines, cos(x) with points, x / 10 with linespoints
set output
GP
gnuplot -e "FILE = 'stock.tex'" plot.gp
LD_LIBRARY_PATH=$DIST/lib LD_DEBUG=libs LD_DEBUG_OUTPUT=loaded gnuplot -e "FILE = 'ours.tex'" plot.gp
grep -q "$DIST/lib/liblua5.4.so" loaded.*
test "$(wc -l < ours.tex)" -gt 100
grep -v '^%%.*[0-9][0-9]:' stock.tex | diff - <(grep -v '^%%.*[0-9][0-9]:' ours.tex)
