FROM python:3.13-slim
ENV HOME=/tmp PYTHONDONTWRITEBYTECODE=1 MALLOC_ARENA_MAX=1
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
# Replicas are one installation to the browser: it keeps its page when another takes over.
RUN echo 736f66746d61782d6c6162000000000a > /etc/machine-id
# The database of classes; in compose.yaml a volume that the replicas share.
RUN mkdir .classroom && chown 65534:65534 .classroom
USER 65534:65534
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=2)"]
CMD ["streamlit", "run", "server.py", "--server.address=0.0.0.0", "--server.headless=true"]
