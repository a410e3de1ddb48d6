package dev.deltadepth.web.page;

/** The languages of the page. */
enum Language {
  ENGLISH("en", "ltr", "English"),
  ARABIC("ar", "rtl", "العربية");

  private final String tag;
  private final String direction;
  private final String itself;

  Language(String tag, String direction, String itself) {
    this.tag = tag;
    this.direction = direction;
    this.itself = itself;
  }

  /** The BCP 47 tag. */
  String tag() {
    return tag;
  }

  /** The direction of its script, as HTML has it. */
  String direction() {
    return direction;
  }

  /** Its own name for itself. */
  String itself() {
    return itself;
  }

  /** The language after this one, round and round. */
  Language next() {
    return switch (this) {
      case ENGLISH -> ARABIC;
      case ARABIC -> ENGLISH;
    };
  }

  /** The first language that a wish like {@code ar-EG} asks for, English if none does. */
  static Language wanted(String... wishes) {
    for (String wish : wishes) {
      for (Language language : values()) {
        if (wish.equals(language.tag) || wish.startsWith(language.tag + "-")) {
          return language;
        }
      }
    }
    return ENGLISH;
  }
}
