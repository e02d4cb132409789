"""What a published quick guide is good for: held against an encoding, drafted into one, told to its reader."""
