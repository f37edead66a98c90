package lang

// allowed lists the texts that may use a word that a rule refuses, each with its
// reason. An entry that nothing needs any more makes the test fail.
var allowed = []allowance{}
