package guard

// closeAtExec marks every open file but the standard ones to be closed at an
// exec. Go opens its own that way; a C library may not.
func closeAtExec() { closeEach() }
