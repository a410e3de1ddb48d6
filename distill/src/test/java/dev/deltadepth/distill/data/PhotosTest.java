package dev.deltadepth.distill.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.SmallRun;
import dev.deltadepth.distill.recipe.DistillException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotosTest {

  @TempDir Path folder;

  private static List<String> contents(Photos photos) throws IOException {
    List<String> contents = new ArrayList<>();
    for (int i = 0; i < photos.count(); i++) {
      contents.add(Files.readString(Path.of(photos.source(i)), StandardCharsets.ISO_8859_1));
    }
    return contents;
  }

  @Test
  void theSplitDependsOnContentAlone() throws IOException {
    Path other = Files.createDirectories(folder.resolve("b").resolve("deeper"));
    Path photos = SmallRun.photos(folder.resolve("a"), 16);
    for (int i = 0; i < 16; i++) {
      Files.copy(
          photos.resolve("photo-%02d.jpg".formatted(i)), other.resolve("x" + (99 - i) + ".jpeg"));
    }
    Photos.Split split = Photos.find(List.of(photos), 0.3, 64, new MemoryBudget(0));
    Photos.Split renamed = Photos.find(List.of(folder.resolve("b")), 0.3, 64, new MemoryBudget(0));
    assertThat(split.validation().count()).isBetween(1, 15);
    assertThat(contents(renamed.validation()))
        .containsExactlyInAnyOrderElementsOf(contents(split.validation()));
    Photos.Split more = Photos.find(List.of(photos), 0.5, 64, new MemoryBudget(0));
    assertThat(contents(more.validation())).containsAll(contents(split.validation()));
  }

  @Test
  void atLeastOnePhotoIsHeldOutOfAFew() throws IOException {
    Path photos = SmallRun.photos(folder.resolve("a"), 8);
    Photos.Split split = Photos.find(List.of(photos), 1e-6, 64, new MemoryBudget(0));
    assertThat(split.validation().count()).isEqualTo(1);
    assertThat(split.training().count()).isEqualTo(7);
    assertThat(Photos.find(List.of(photos), 0, 64, new MemoryBudget(0)).validation().count())
        .isZero();
    Path one = SmallRun.photos(folder.resolve("b"), 1);
    assertThat(Photos.find(List.of(one), 1e-6, 64, new MemoryBudget(0)).validation().count())
        .isZero();
  }

  @Test
  void theHashIsThatOfTheFilesHashes() throws Exception {
    Path photos = SmallRun.photos(folder.resolve("a"), 2);
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    for (String name : List.of("photo-00.jpg", "photo-01.jpg")) {
      MessageDigest one = MessageDigest.getInstance("SHA-256");
      all.update(one.digest(Files.readAllBytes(photos.resolve(name))));
    }
    assertThat(Photos.find(List.of(photos), 0, 64, new MemoryBudget(0)).training().contentHash())
        .isEqualTo(HexFormat.of().formatHex(all.digest()))
        .matches("[0-9a-f]{64}");
  }

  @Test
  void photosAreReducedAndKeptWhileTheBudgetLasts() throws IOException {
    Path folderOfPhotos = SmallRun.photos(folder.resolve("a"), 3);
    long bytes = 77L * 64 * 3;
    Photos photos =
        Photos.find(List.of(folderOfPhotos), 0, 64, new MemoryBudget(2 * bytes)).training();
    List<RgbImage> first = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      first.add(photos.photo(i).orElseThrow());
      assertThat(first.get(i).height()).isEqualTo(64);
      assertThat(first.get(i).width()).isEqualTo(77);
    }
    assertThat(photos.photo(0).orElseThrow()).isSameAs(first.get(0));
    assertThat(photos.photo(1).orElseThrow()).isSameAs(first.get(1));
    assertThat(photos.photo(2).orElseThrow()).isNotSameAs(first.get(2));
    assertThat(photos.photo(2).orElseThrow().data()).isEqualTo(first.get(2).data());
  }

  /** Each set of truth of a recipe is one, and none may fill the memory alone. */
  @Test
  void setsShareTheirBudget() throws IOException {
    Path pictures = SmallRun.photos(folder.resolve("a"), 2);
    MemoryBudget memory = new MemoryBudget(3 * 77L * 64 * 3);
    Photos one = Photos.find(List.of(pictures), 0, 64, memory).training();
    Photos two = Photos.find(List.of(pictures), 0, 64, memory).training();
    for (int i = 0; i < 2; i++) {
      assertThat(one.photo(i).orElseThrow()).isSameAs(one.photo(i).orElseThrow());
    }
    assertThat(two.photo(0).orElseThrow()).isSameAs(two.photo(0).orElseThrow());
    assertThat(two.photo(1).orElseThrow()).isNotSameAs(two.photo(1).orElseThrow());
  }

  @Test
  void anUnreadablePhotoIsNamedOnceEvenWithoutMemory() throws IOException {
    Files.writeString(folder.resolve("torn.jpg"), "no picture");
    Photos photos = Photos.find(List.of(folder), 0, 64, new MemoryBudget(0)).training();
    assertThat(photos.photo(0)).isEmpty();
    assertThat(photos.photo(0)).isEmpty();
    assertThat(photos.unreadable()).hasSize(1);
    assertThat(photos.unreadable().get(0)).contains("torn.jpg");
  }

  @Test
  void anEmptyFolderBesideAnotherIsNamed() throws IOException {
    Path full = SmallRun.photos(folder.resolve("full"), 2);
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> Photos.find(List.of(empty, full), 0, 64, new MemoryBudget(0)))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining(empty.toString());
  }

  @Test
  void linksToFoldersAreFollowedButNotInCircles() throws IOException {
    Path elsewhere = SmallRun.photos(folder.resolve("elsewhere"), 3);
    Path linked = Files.createDirectories(folder.resolve("linked"));
    Files.createSymbolicLink(linked.resolve("photos"), elsewhere);
    assertThat(Photos.find(List.of(linked), 0, 64, new MemoryBudget(0)).training().count())
        .isEqualTo(3);
    Files.createSymbolicLink(elsewhere.resolve("circle"), linked);
    assertThatThrownBy(() -> Photos.find(List.of(linked), 0, 64, new MemoryBudget(0)))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("links to folders");
  }

  @Test
  void aFolderWithoutPhotosIsNamed() {
    assertThatThrownBy(() -> Photos.find(List.of(folder), 0, 64, new MemoryBudget(0)))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining(folder.toString());
    assertThatThrownBy(
            () -> Photos.find(List.of(folder.resolve("none")), 0, 64, new MemoryBudget(0)))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("none");
  }
}
