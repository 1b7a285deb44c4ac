//! Holds the engine against facts: the corpus of the language and tables made with Joda-Time itself.
