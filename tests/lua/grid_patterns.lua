-- Every pattern on every subject, in all functions that match.
local pack = table.pack or function(...) return {n = select("#", ...), ...} end
local function show(v) return type(v) == "string" and string.format("%q", v) or tostring(v) end
local function try(name, f, ...)
  local r = pack(pcall(f, ...))
  for i = 1, r.n do r[i] = show(r[i]) end
  print(name, table.concat(r, " "))
end
local subjects = {"", "a", "hello world", "aaa", "THE (quick) fox", "a\0b", "key = value", "x(a(b)c)y", "  trim  ", "1,2,,3", "\"q\" 'r'",
  "[[x]]", "aXb-c_d.e%f$g^h", "\xe9\xff", ("ab"):rep(40), "foo=1; bar=22"}
local patterns = {"", "a", "l+", "l-", "l*", "l?", "^h", "^", "$", "^$", "o w", ".", ".-", ".*", ".+", "(.)", "(.)(.)", "()", "()a()", "(a*)",
  "((a)(b))", "%a+", "%d", "%s*(.-)%s*$", "^%s*(.-)%s*$", "%w+", "%W", "%S+", "[aeiou]", "[^aeiou]+", "[a-f]", "[%w_]+", "[]]", "[^]]",
  "[]-a]", "[a-]", "[-a]", "[%]x]+", "[a-%%]", "%b()", "%bxy", "%f[%w]%w+", "%f[%z]", "%f[^%z]", "(['\"])(.-)%1", "(a)%1", "%1", "(%1)",
  "%0", "(a", "a)", "%", "[", "[a", "[^", "[]", "[^]", "[%", "[%a", "[a-", "%b", "%ba", "%f", "%fa", "a%", "(()", "%z", "%Z+", "%g+", "%p",
  "%c", "%x+", "%u+", "%l+", "%U+", "%.", "%$", "%^", "a$b", "a^", "$a", "(h)(e)(l)(l)(o)", "[%s,]+", "([^,]*)", "[^,]*,?",
  "(%w+)%s*=%s*(%w+)", "\0", "%\0", "[\0]", "a?b?c?", "a*b*c*x", "-", "+a", "*a", "a**", "a+-", "a--", ".-b", "b-$", "%b[]", "(.-)(.-)$",
  "\xe9", "[\xe0-\xff]+"}
local function every(f)
  for _, s in ipairs(subjects) do
    for _, p in ipairs(patterns) do f(show(s) .. " " .. show(p), s, p) end
  end
end

-- check: find
every(function(name, s, p) try(name, string.find, s, p) try(name, string.find, s, p, 3) try(name, string.find, s, p, 1, true) end)
-- check: match
every(function(name, s, p) try(name, string.match, s, p) try(name, string.match, s, p, -2) end)
-- check: gsub with strings
every(function(name, s, p) try(name, string.gsub, s, p, "<%0>") try(name, string.gsub, s, p, "<%1>") try(name, string.gsub, s, p, "%2%%", 2) end)
-- check: gsub with tables and functions
every(function(name, s, p)
  try(name, string.gsub, s, p, {a = 1, hello = "bye", [""] = "E", o = false, [1] = "one"})
  try(name, string.gsub, s, p, function(...) return select("#", ...) end)
  try(name, string.gsub, s, p, function() end)
end)
-- check: gmatch
every(function(name, s, p)
  for _, from in ipairs {1, 4, -2} do
    try(name, function()
      local found = {}
      for a, b, c in string.gmatch(s, p, from) do found[#found + 1] = tostring(a) .. ":" .. tostring(b) .. ":" .. tostring(c) end
      return table.concat(found, "|")
    end)
  end
end)
-- check: starts
for _, from in ipairs {-100, -5, -1, 0, 1, 5, 6, 7, 100, math.maxinteger, math.mininteger} do
  for _, p in ipairs {"", "l", "l+", "^h", "o$", "()"} do
    try(p, string.find, "hello", p, from) try(p, string.match, "hello", p, from) try(p, string.find, "hello", p, from, true)
  end
end
-- check: replacement strings
for _, r in ipairs {"%", "%%", "%x", "%1", "%2", "%9", "x%", "%0%0", "a%%b", "%a"} do
  try(r, string.gsub, "abc", "%w", r) try(r, string.gsub, "abc", "()%w", r)
end
for _, n in ipairs {-1, 0, 1, 2, 100} do
  try("limit", string.gsub, "aaaa", "a", "b", n) try("limit", string.gsub, "aaaa", "", "-", n) try("limit", string.gsub, "aaaa", "^a", "-", n)
end
-- check: replacement values
try("number", string.gsub, "abc", "b", 12) try("number", string.gsub, "abc", "b", 1.5)
for _, v in ipairs {12, 1.5, true, print, {}} do try("value", string.gsub, "abc", "b", function() return v end) end
try("value", string.gsub, "abc", "b", true) try("value", string.gsub, "abc", "b")
try("index", string.gsub, "abc", "%w", setmetatable({}, {__index = function(_, k) return k .. k end}))
try("error", string.gsub, "abc", "%w", function() error("x", 0) end)
-- check: limits of nesting
for n = 195, 203 do
  for _, item in ipairs {"a?", "a*", "a-", "b*", "b-", "()", "(a)"} do
    try(n .. item, function() return (string.find(("a"):rep(300), item:rep(n))) end)
  end
end
-- check: limits of captures
try("32", string.find, "a", ("()"):rep(32)) try("33", string.find, "a", ("()"):rep(33))
try("32", string.find, ("a"):rep(40), ("(a)"):rep(32)) try("33", string.find, ("a"):rep(40), ("(a)"):rep(33))
try("33", string.find, "b", ("("):rep(33) .. "a") try("32", string.match, ("abc"):rep(12), ("(%w)"):rep(32))
-- check: long subjects
local big = ("x"):rep(100000) .. "y"
print(#(string.gsub(big, "x", "yz")), string.find(big, "y", 1, true), string.find(big, "x-y"), string.find(big, "[^x]"))
print(select(2, string.gsub(big, ".", "%0")), string.match(big, "x*()"), string.find(big, "xy", 1, true), string.find(big, "yx", 1, true))
print(string.find(("ab"):rep(1000) .. "c", "abc", 1, true), string.find(("a"):rep(1000) .. "b", "ab"), string.find(big, "[%a]+y"))
