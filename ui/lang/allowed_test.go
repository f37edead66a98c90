package lang

// allowed lists the texts that may use a word that a rule refuses, each with its
// reason. An entry that nothing needs any more makes the test fail.
var allowed = []allowance{
	{"practice-notes#record_field[diagnosis].heading", "diagnosis", "the word of 45 CFR 164.501 for what belongs in the record; it is the practitioner's"},
}
