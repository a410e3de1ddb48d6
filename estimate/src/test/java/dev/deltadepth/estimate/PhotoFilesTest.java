package dev.deltadepth.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoFilesTest {

  @TempDir Path folder;

  private Heard heard = new Heard();

  @BeforeEach
  void files() throws IOException {
    for (String name :
        List.of(
            "holiday/a.jpg",
            "holiday/beach/b.jpg",
            "holiday/beach/noon/c.JPG",
            "holiday/d.png",
            "Trip [2024]/e.jpg",
            "Trip [2024]/f {1}/g.jpg",
            "odd/h.jxl",
            "odd/i.jxl",
            "odd/j.exr",
            "odd/k.jpg",
            "odd/l.txt")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  private List<String> find(String input) {
    heard = new Heard();
    return PhotoFiles.of(List.of(folder + "/" + input), heard).stream()
        .map(photo -> folder.relativize(photo.file()).toString())
        .toList();
  }

  @Test
  void twoStarsStandForAnyNumberOfFolders() {
    assertThat(find("holiday/**/*.jpg")).containsExactly("holiday/a.jpg", "holiday/beach/b.jpg");
    assertThat(find("**/[ab].jpg")).containsExactly("holiday/a.jpg", "holiday/beach/b.jpg");
    assertThat(find("{holiday/**/b,none}.jpg")).containsExactly("holiday/beach/b.jpg");
    assertThat(find("holiday/*.{jpg,png}")).containsExactly("holiday/a.jpg", "holiday/d.png");
    assertThat(heard.problems).isEmpty();
  }

  /** What "orbit -f frames" wrote is not taken for photos; "mars.orbit" has photos of its own. */
  @Test
  void framesOfAPhotoAreLeftOutUnlessTheirFolderIsNamed() throws IOException {
    for (String name :
        List.of(
            "all/a.jpg",
            "all/a.orbit/frame-0001.png",
            "all/a.orbit/frame-0002.png",
            "all/mars.orbit/b.jpg")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
    assertThat(find("all")).containsExactly("all/a.jpg", "all/mars.orbit/b.jpg");
    assertThat(find("all/**/*.png")).isEmpty();
    assertThat(find("all/a.orbit")).hasSize(2);
    assertThat(find("all/a.orbit/*.png")).hasSize(2);
  }

  @Test
  void aFolderMayHaveAPatternsCharactersInItsName() {
    assertThat(find("Trip [2024]/*.jpg")).containsExactly("Trip [2024]/e.jpg");
    assertThat(find("Trip [2024]/**/*.jpg"))
        .containsExactly("Trip [2024]/e.jpg", "Trip [2024]/f {1}/g.jpg");
    assertThat(find("Trip [2024]/f {1}/?.jpg")).containsExactly("Trip [2024]/f {1}/g.jpg");
    assertThat(find("Trip [2024]/f {1}/nothing.jpg")).hasSize(0);
    assertThat(heard.problems).hasSize(1);
  }

  @Test
  void whatIsLeftOutIsCounted() {
    assertThat(find("odd")).containsExactly("odd/k.jpg");
    assertThat(heard.notes)
        .containsExactly(
            folder.resolve("odd") + ": skipped what is not read from folders: 1 .exr, 2 .jxl");
    assertThat(find("odd/*.jpg")).containsExactly("odd/k.jpg");
    assertThat(heard.notes).isEmpty();
  }

  /** A drive that is not there leaves links that lead nowhere. */
  @Test
  void linksThatLeadNowhereAndPipesAreCounted() throws IOException {
    Path links = Files.createDirectory(folder.resolve("links"));
    Files.createSymbolicLink(links.resolve("whole.jpg"), folder.resolve("holiday/a.jpg"));
    Files.createSymbolicLink(links.resolve("gone.jpg"), folder.resolve("drive/a.jpg"));
    Files.createSymbolicLink(links.resolve("album"), folder.resolve("drive/album"));
    Files.createSymbolicLink(links.resolve(".#lock.jpg"), Path.of("me@here.1"));
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(links.resolve("socket.jpg")));
      other.bind(UnixDomainSocketAddress.of(links.resolve("socket")));
      assertThat(find("links")).containsExactly("links/whole.jpg");
      assertThat(heard.notes)
          .containsExactly(
              links + ": skipped what is not read from folders: 2 broken links, 1 special file");
    }
    assertThat(find("links/g*.jpg")).isEmpty();
    assertThat(heard.notes)
        .containsExactly(links + ": skipped what is not read from folders: 1 broken link");
    assertThat(heard.problems).hasSize(1);
    assertThat(find("links/gone.jpg")).containsExactly("links/gone.jpg");
  }
}
