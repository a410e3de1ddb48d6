package dev.deltadepth.web.page;

/** The languages of the page. */
enum Language {
  ENGLISH("en", "ltr", "English"),
  ARABIC("ar", "rtl", "العربية");

  private final String tag;
  private final String direction;
  private final String nativeName;

  Language(String tag, String direction, String nativeName) {
    this.tag = tag;
    this.direction = direction;
    this.nativeName = nativeName;
  }

  /** The BCP 47 tag. */
  String tag() {
    return tag;
  }

  /** The direction of its script as in HTML. */
  String direction() {
    return direction;
  }

  /** Its name in the language itself. */
  String nativeName() {
    return nativeName;
  }

  /** The next language; the last is followed by the first. */
  Language next() {
    return switch (this) {
      case ENGLISH -> ARABIC;
      case ARABIC -> ENGLISH;
    };
  }

  /** The language of the first supported tag, such as {@code ar-EG}; English if there is none. */
  static Language preferred(String... tags) {
    for (String tag : tags) {
      for (Language language : values()) {
        if (tag.equals(language.tag) || tag.startsWith(language.tag + "-")) {
          return language;
        }
      }
    }
    return ENGLISH;
  }
}
