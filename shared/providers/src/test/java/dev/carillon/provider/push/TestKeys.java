package dev.carillon.provider.push;

/** Keys that sign nothing but what tests make. */
public final class TestKeys {
  /** Of RFC 7515, appendix A.3, in the form in which Apple gives keys for download. */
  public static final String EC =
      """
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgjpsQnnGQmL+YBIff
      H1136cspYG6+0iY7X1fCE9+E9LKhRANCAAR/zc4ncPbEXUGDy+5v20t7WAczNXvp
      7xO6z248e9FURcfxRM0bvZt+hyzf7bnuufSzaV1uqQskrYpGIyiFiOWt
      -----END PRIVATE KEY-----
      """;

  /** Its public half, each coordinate in base64 for URLs. */
  public static final String EC_X = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";

  public static final String EC_Y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";

  public static final String RSA =
      """
      -----BEGIN PRIVATE KEY-----
      MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQCb8COILvJqjWGL
      U9Gm2gA1i81ZzeJw+3gJu1EbdlWuH9nE4NKcjMXCGNhpjA32aJxRFSTnVqjBt7Fq
      3hCcFUxI4FUmHxxx2X1K/POgZA35oCEb6umZwxsZQzcvt7zqHyXqKHwffhlf6Rvc
      O15Szaty79olvPtrtipcOjmO3iWzdQZiRzMK0n4CBU6zzqatxt/3M0Z2ErlsGzx1
      gWq08tzCyAY18YNLkuYl8ZDPs2lVVmQo1xJsG6Blf3H6IcpjztkWlTPU8EZAowZl
      53ID60Ej9rdV8Ow32ZFmK48z6rteRIJfSeHnsY9tKK00EY4CkFfrckphLhrNPspu
      gYQadHbpAgMBAAECggEACXW5NhkBAElI5lqkoI5fjmAHil/k0Y1T1CVOr4+PdZN9
      ksW/yRr6IUMAF/EU5MKmXv3dIgKeFLhn1S+ZCtr46H/hcoFXKKn0waCUSAHh3iei
      co7e8oLFSVRMTAMFvR88HdcsZn2wHOMnm0XnvDa5ZKzby0fKadegfL1UghAEcf06
      cSRHtKVhA+/yFVuUUP+5it61VYtrcSNL2nk0z6qTtgae02kI5fxnd5A755CcICbK
      vzDWz6xu692RP9T6BblPMTBA8zs9zCumSLqRilAFOWzS6lzNQT6/Bkx+qonwikvh
      IlnoBQd/xoc5BmonZFqNti31mgPVimPaNKnuuNcloQKBgQDMaokHClkDOYg2Q+It
      oy6dyxzZOQlpUikLNA3/25Gd3ZupeuFj7bfhr7yNZELEkS5mh/pBWNYDyYeE3/Nn
      rKH2AkyRI1tQ+v98fdnQvCusJRqSo0ywA2/xf5R8L+ZStMBXVfuWUB06RvS+k3GR
      XnV5UMzU5BCyL9NbW6KVqzzQ2QKBgQDDSd/j23HSp9hiMWPjv029dSNvv9x7YlJT
      6Zo5+A2P7IIwI27BqUT1bb4u2QwusI392tcusrPsJPGPa7eQBHBCx5Drvtmcygt/
      90qChoJLzaWAlkN7KM5gz7bWSx0Mlbiu1B3l7IJU/IrbD11nUbyxxfxyxRdic4Io
      UuHN2fgMkQKBgB4L1sJbKgRIU5YuWjN9FeAJt97R/Gkns3K7HwepnXjH1xaNQk3u
      5iVdMGjUAOBlup1FhWpPhX2fBLVqOZvWiyPe6KQ4vzZi/mStFvQQhJbUCVjeeeox
      RyYHK6spW0By4wazU7yfX/xt65GLmJjWeovvbXwpXa7jSrzV9krrlY/ZAoGAZ7Wv
      xN4hUHH6pAr+tVA/BMJUk2AcwxmwBwgj820cJra/XLk0dHxkNsKVIWP66ECy54F0
      jUQx8NKdxkC6Ny1kQNKiz8+G2ZEjEk5Nr4unXoJTxjoGlD1TfG5S9vLk9m38qjvT
      tOspO+DyDOvX+qqZvv8Z1gl9JbeaA7ggWqXK6UECgYAiP+Q6mCW3yClvQuIU03ei
      U7dGtOwBnwbidZ/925VSbwGXg7UXmXdLeXNjDCIQ5GClzjKcntxxv4tPtJ2Xut9K
      Nz4M83LO717D+s2ustHnIOgIXtD6O8DV04elwx4sBW+xInt1r3+5s5/2eDkx5iLt
      Ino/Ytl4HpvMhy7UNjRiZw==
      -----END PRIVATE KEY-----
      """;

  /** Its public half: SubjectPublicKeyInfo in base64. */
  public static final String RSA_PUBLIC =
      "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAm/AjiC7yao1hi1PRptoA"
          + "NYvNWc3icPt4CbtRG3ZVrh/ZxODSnIzFwhjYaYwN9micURUk51aowbexat4QnBVM"
          + "SOBVJh8ccdl9SvzzoGQN+aAhG+rpmcMbGUM3L7e86h8l6ih8H34ZX+kb3DteUs2r"
          + "cu/aJbz7a7YqXDo5jt4ls3UGYkczCtJ+AgVOs86mrcbf9zNGdhK5bBs8dYFqtPLc"
          + "wsgGNfGDS5LmJfGQz7NpVVZkKNcSbBugZX9x+iHKY87ZFpUz1PBGQKMGZedyA+tB"
          + "I/a3VfDsN9mRZiuPM+q7XkSCX0nh57GPbSitNBGOApBX63JKYS4azT7KboGEGnR2"
          + "6QIDAQAB";

  private TestKeys() {}
}
