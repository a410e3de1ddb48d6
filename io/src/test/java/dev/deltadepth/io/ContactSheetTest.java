package dev.deltadepth.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.RgbImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContactSheetTest {
  private static final RgbImage SMALL = new RgbImage(40, 30, new byte[40 * 30 * 3]);
  private static final RgbImage LARGE = new RgbImage(400, 300, new byte[400 * 300 * 3]);

  @Test
  void aRowHasTheShapeOfItsFirstPicture() {
    ContactSheet sheet = new ContactSheet(List.of("photo", "map"));
    assertThat(sheet.image().height()).as("titles alone").isEqualTo(36);
    sheet.add("a", List.of(LARGE, SMALL));
    sheet.add("b", List.of(SMALL, LARGE));
    assertThat(sheet.rows()).isEqualTo(2);
    RgbImage page = sheet.image();
    assertThat(page.width()).isEqualTo(2 * 332 + 12);
    assertThat(page.height()).isEqualTo(36 + 2 * (240 + 30));
    assertThat(page.value(12, 36, 0)).isZero();
    assertThat(page.value(12 + 320 + 6, 36, 0)).as("between columns").isEqualTo(255);
    assertThat(page.value(344 + 319, 36 + 239, 0)).isZero();
  }

  @Test
  void aRowFillsTheColumns() {
    ContactSheet sheet = new ContactSheet(List.of("photo", "map"));
    assertThatThrownBy(() -> sheet.add("a", List.of(SMALL)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 pictures for 2 columns");
  }
}
