package dev.deltadepth.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.web.AppServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TextTest {

  @ParameterizedTest
  @EnumSource(Text.class)
  void everyLanguageHasTheSameGaps(Text text) {
    for (String gap : new String[] {"{0}", "{1}"}) {
      assertThat(text.in(Language.ARABIC).contains(gap))
          .as(text + " " + gap)
          .isEqualTo(text.in(Language.ENGLISH).contains(gap));
    }
    assertThat(text.in(Language.ARABIC)).isNotBlank().containsPattern("[\\u0600-\\u06ff]|\\{0}");
  }

  @Test
  void gapsAreFilled() {
    assertThat(Text.MODEL_LOADING.in(Language.ENGLISH, "1.2", "8.5"))
        .isEqualTo("Loading the model, 1.2 of 8.5 MB");
  }

  @Tag("app")
  @Test
  void everyWordOfThePageIsInTheTable() throws IOException {
    String page = new String(AppServer.resource("index.html"), StandardCharsets.UTF_8);
    Matcher names = Pattern.compile("data-(?:text|label)=\"(\\w+)\"").matcher(page);
    int count = 0;
    while (names.find()) {
      assertThat(Text.valueOf(names.group(1)).in(Language.ENGLISH)).isNotEmpty();
      count++;
    }
    assertThat(count).isGreaterThan(20);
  }

  @ParameterizedTest
  @CsvSource({"ar, ARABIC", "ar-EG, ARABIC", "en-GB, ENGLISH", "fr, ENGLISH", "arn, ENGLISH"})
  void theLanguageIsTheFirstThatIsThere(String wish, Language language) {
    assertThat(Language.preferred(wish)).isEqualTo(language);
    assertThat(Language.preferred("fr", wish)).isEqualTo(language);
  }
}
