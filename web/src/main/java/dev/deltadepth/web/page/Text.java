package dev.deltadepth.web.page;

/**
 * All texts of the page, with one column per language. In index.html, {@code data-text} names the
 * constant for an element's text, {@code data-label} the one for its label. A new language needs a
 * new column and a constant in {@link Language}.
 */
enum Text {
  TITLE("See how near things are", "اعرف قُرب الأشياء من صورة"),
  LEAD(
      "Turn one photo into a depth map. Everything runs on this device: your photos stay yours.",
      "صورة واحدة تصبح خريطة عمق. كل شيء يجري على هذا الجهاز، وصورك تبقى لك."),
  CHOOSE("Choose a photo", "اختر صورة"),
  TAKE("Take a photo", "التقط صورة"),
  LIVE("Live depth", "عمق مباشر"),
  SAMPLE("Try a sample.", "جرّب مثالًا."),
  DROP("Or drop or paste an image.", "أو أفلت صورة هنا أو الصقها."),
  DROP_HERE("Drop the image here", "أفلت الصورة هنا"),
  AGAIN("New photo", "صورة جديدة"),
  CLOSE_CAMERA("Close camera", "أغلق الكاميرا"),
  CLOSE("Close", "إغلاق"),
  GOT_IT("Got it", "فهمت"),
  THEME("Dark or light theme", "داكن أو فاتح"),

  MODEL_LOADING("Loading the model, {0} of {1} MB", "جارٍ تحميل النموذج، {0} من {1} م.ب."),
  MODEL_LOADING_UNKNOWN("Loading the model, {0} MB", "جارٍ تحميل النموذج، {0} م.ب."),
  MODEL_STARTING("Starting the model", "جارٍ تشغيل النموذج"),
  PROCESSING("Processing…", "جارٍ المعالجة…"),
  WAITING(
      "Your photo will be processed as soon as the model is loaded.",
      "ستُعالَج صورتك حالما يكتمل تحميل النموذج."),

  PHOTO("Photo", "الصورة"),
  CAMERA("Camera", "الكاميرا"),
  DEPTH("Depth", "العمق"),
  FAR("far", "بعيد"),
  NEAR("near", "قريب"),
  READ_HINT("Tap a point to read its depth.", "المس نقطة لقراءة عمقها."),
  READING("of 100, relative depth", "من 100، عمق نسبي"),
  HINT(
      "Drag the line. Pinch or scroll to zoom. Tap a point to read its depth.",
      "اسحب الخط. قرّب بإصبعين أو بالعجلة. المس نقطة لقراءتها."),
  VIEW_LABEL(
      "Photo and depth map. Arrow keys move the reading point, plus and minus zoom, 0 shows the"
          + " whole image.",
      "الصورة وخريطة العمق. الأسهم تحرّك نقطة القراءة، وعلامتا + و- للتقريب، و0 لعرض الكل."),
  DIVIDER_LABEL("Divider between photo and depth", "الفاصل بين الصورة والعمق"),

  TIMING("{0} ms", "{0} م.ث"),
  ON_SIMD("on this device", "على هذا الجهاز"),
  ON_BASIC("on this device, without SIMD", "على هذا الجهاز، دون تعليمات متجهية"),
  ON_SERVER("on the server", "على الخادم"),
  BASIC_NOTE(
      "This browser is old: the model runs here, but slowly.",
      "هذا المتصفح قديم: يعمل النموذج هنا لكن ببطء."),
  SERVER_NOTE(
      "This browser cannot run the model. Photos are sent to the server that provides Delta.",
      "لا يستطيع هذا المتصفح تشغيل النموذج. تُرسَل الصور إلى الخادم الذي جاء منه دلتا."),

  COLOURS("Colours", "الألوان"),
  VIEW("View", "العرض"),
  VIEW_DIVIDER("Divider", "فاصل"),
  VIEW_SIDE("Side by side", "جنبًا إلى جنب"),
  SAVE("Save", "حفظ"),
  SAVE_COLOUR("Coloured map", "خريطة ملوّنة"),
  SAVE_GREY("16-bit map", "خريطة 16 بت"),
  SAVE_SIDE("Photo and map", "الصورة والخريطة"),
  SHARE("Share", "مشاركة"),
  SAVING("Saving…", "جارٍ الحفظ…"),
  SAVED("Saved.", "تم الحفظ."),

  FLIP("Other camera", "الكاميرا الأخرى"),
  SHUTTER("Keep this photo", "احتفظ بهذه الصورة"),
  RECORD("Record a clip", "سجّل مقطعًا"),
  LIVE_TIMING("{0} frames per second", "{0} صورة في الثانية"),
  LIVE_DETAIL("{0} frames dropped · size {1}", "أُسقطت {0} متأخرة · الحجم {1}"),

  CAMERA_REFUSED("Camera access is not allowed", "الكاميرا غير مسموح بها"),
  CAMERA_REFUSED_DO(
      "Allow camera access for this page in the browser's settings, then try again. You can choose"
          + " a photo without it.",
      "اسمح لهذه الصفحة بالكاميرا من إعدادات المتصفح ثم حاول مجددًا. اختيار صورة يعمل دونها."),
  CAMERA_MISSING("No camera found", "لا توجد كاميرا"),
  CAMERA_MISSING_DO(
      "This device seems to have no camera. You can choose a photo instead.",
      "لم يُعثر على كاميرا في هذا الجهاز. يمكنك اختيار صورة بدلًا من ذلك."),
  CAMERA_BUSY("The camera is in use", "الكاميرا مشغولة"),
  CAMERA_BUSY_DO(
      "Another program is using it. Close that program, then try again.",
      "يستخدمها برنامج آخر. أغلقه ثم حاول مجددًا."),
  CAMERA_INSECURE("The camera needs a secure connection", "تحتاج الكاميرا إلى عنوان آمن"),
  CAMERA_INSECURE_DO(
      "Browsers open the camera only on pages whose address starts with https. You can choose a"
          + " photo instead.",
      "لا تفتح المتصفحات الكاميرا إلا في صفحات يبدأ عنوانها بـ https. يمكنك اختيار صورة."),
  PICTURE_UNREADABLE("This image cannot be read", "تعذّرت قراءة هذه الصورة"),
  PICTURE_UNREADABLE_DO(
      "The file is damaged or in a format that this browser does not support. JPEG and PNG always"
          + " work.",
      "الملف تالف أو من نوع لا يعرفه المتصفح. صيغتا JPEG وPNG تعملان دائمًا."),
  PICTURE_KIND_DO(
      "This browser does not support {0}, or the file is damaged. It was not sent anywhere. Save it"
          + " as JPEG, or use the command delta estimate, which reads {0}.",
      "لا يعرف هذا المتصفح صيغة {0} أو أن الملف تالف. لم تُرسَل الصورة إلى أي مكان. احفظها بصيغة JPEG أو"
          + " استخدم الأمر delta estimate الذي يقرأ {0}."),
  PICTURE_SERVER_DO(
      "This browser does not support {0}, but the server that provides Delta does. The photo leaves"
          + " this device only if you send it; the server keeps nothing.",
      "لا يعرف هذا المتصفح صيغة {0}، لكن الخادم الذي جاء منه دلتا يعرفها. لا تغادر الصورة هذا الجهاز إلا"
          + " إذا أرسلتها، والخادم لا يحتفظ بشيء."),
  PICTURE_SERVER("Let the server decode this photo?", "هل يفكّ الخادم ترميز هذه الصورة؟"),
  PICTURE_SEND("Send it", "أرسلها"),
  PICTURE_SENDING("The photo is being sent to the server.", "تُرسَل الصورة إلى الخادم."),
  PICTURE_SERVER_FAILED_DO(
      "The server could not decode it either, or did not answer. Save the photo as JPEG, then try"
          + " again.",
      "لم يستطع الخادم أيضًا قراءتها أو لم يُجب. احفظ الصورة بصيغة JPEG ثم حاول مجددًا."),
  PICTURE_LARGE("This image is too large", "هذه الصورة كبيرة جدًّا"),
  PICTURE_LARGE_DO(
      "The browser does not have enough memory for its {0} megapixels. Make it smaller, then try"
          + " again.",
      "لا يتسع المتصفح لصورة من {0} ميغابكسل. صغّرها ثم حاول مجددًا."),
  PICTURE_REDUCED(
      "The photo was reduced to {0} megapixels to fit this device.",
      "صُغّرت الصورة إلى {0} ميغابكسل لتناسب هذا الجهاز."),
  MEMORY_SHORT("Not enough memory", "الذاكرة لا تكفي"),
  MEMORY_SHORT_DO(
      "Close other tabs or programs, or choose a smaller image, then try again.",
      "أغلق علامات تبويب أو برامج أخرى، أو اختر صورة أصغر، ثم حاول مجددًا."),
  MODEL_FAILED("The model could not be loaded", "تعذّر تحميل النموذج"),
  MODEL_FAILED_DO(
      "Check the connection, then reload the page.", "تحقق من الاتصال ثم أعد تحميل الصفحة."),
  ESTIMATE_FAILED("That did not work", "لم ينجح ذلك"),
  ESTIMATE_FAILED_DO("Try again, or choose another photo.", "حاول مجددًا أو اختر صورة أخرى."),
  OFFLINE_SERVER(
      "You are offline, and this browser needs the server to estimate depth.",
      "أنت غير متصل، وهذا المتصفح يحتاج إلى الخادم."),
  OFFLINE("You are offline. Delta keeps working.", "أنت غير متصل. يواصل دلتا عمله."),
  NEW_VERSION("A new version of Delta is ready.", "نسخة أحدث من دلتا جاهزة."),
  USE_NEW("Update now", "استخدمها");

  private final String english;
  private final String arabic;

  Text(String english, String arabic) {
    this.english = english;
    this.arabic = arabic;
  }

  /** The text in a language, with {@code {0}} and {@code {1}} replaced by the arguments. */
  String in(Language language, Object... arguments) {
    String text =
        switch (language) {
          case ENGLISH -> english;
          case ARABIC -> arabic;
        };
    for (int i = 0; i < arguments.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(arguments[i]));
    }
    return text;
  }
}
